/** The look of the pages that open without a sign-in: small, in the page itself, for phones with hardly any network. */
export const SAFETY_STYLE = `
*{box-sizing:border-box}
body{margin:0;color:#333;background:#fff;font:1rem/1.7 'Noto Sans JP',-apple-system,BlinkMacSystemFont,sans-serif;overflow-wrap:anywhere}
main{max-width:40rem;margin:0 auto;padding:1rem}
h1{font-size:1.375rem;line-height:1.5;margin:0 0 .5rem}
h2{font-size:1.125rem;line-height:1.5;margin:1.5rem 0 .5rem}
p,ul{margin:0 0 .75rem}
form{margin:0 0 1rem}
a{color:#00118f}
.kind{font-weight:700;padding:.5rem .75rem;border-left:.5rem solid #ce0000;background:#fdeeee}
.kind.drill{border-color:#927200;background:#fbf5e0}
.typed{white-space:pre-wrap}
.notice{border-left:.5rem solid #0017c1;background:#e8f1fe;padding:.75rem 1rem}
.notice.done{border-color:#197a4b;background:#e6f5ec}
.notice.error,.notice.waiting{border-color:#ce0000;background:#fdeeee}
.quiet{color:#4d4d4d;font-size:.875rem}
section{border:1px solid #ccc;border-radius:.75rem;padding:1rem;margin:0 0 1rem}
section>h2:first-child{margin-top:0}
fieldset{border:0;margin:0 0 1rem;padding:0;min-width:0}
legend,.label{display:block;font-weight:700;padding:0}
.option{display:flex;align-items:center;gap:.5rem;min-height:2.75rem}
.option input{width:1.375rem;height:1.375rem;margin:0;flex:none}
select,input[type=text]{width:100%;min-height:3rem;padding:.5rem .75rem;font:inherit;color:inherit;background:#fff;border:1px solid #666;border-radius:.5rem}
button{width:100%;min-height:3.5rem;padding:.5rem 1rem;font:inherit;font-size:1.125rem;font-weight:700;line-height:1.3;color:#fff;background:#0017c1;border:1px solid #0017c1;border-radius:.5rem}
button.big{min-height:5rem;font-size:1.5rem}
summary{min-height:3rem;display:flex;align-items:center;font-weight:700;color:#00118f;text-decoration:underline}
.fault{color:#ce0000;font-weight:700}
:focus-visible{outline:4px solid #000;outline-offset:2px;box-shadow:0 0 0 2px #ffd43d}
[hidden]{display:none}
`;
