/** The card itself: one page of A4, read by people who are in a hurry. */
import { raw } from 'hono/html';
import { renderSVG } from 'uqr';
import { cardText } from './text.ts';

const text = cardText.sheet;
/** 68 mm on paper: read from an arm's length by old phones. */
const QR_SIZE = '260';

export function CardSheet({
  centerName,
  address,
  pin,
}: {
  centerName: string;
  address: string;
  pin: string;
}) {
  return (
    <article class="sheet">
      <h2>{text.heading}</h2>
      <p>{centerName}</p>
      <div role="img" aria-label={text.qr}>
        {raw(qrOf(address))}
      </div>
      <h2>
        {text.pin} <strong>{pin}</strong>
      </h2>
      <ol>
        {text.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <p>{text.offline}</p>
      <p>{text.never}</p>
      <p class="quiet">{text.keep}</p>
      <p class="quiet typed">
        {text.address} {address}
      </p>
    </article>
  );
}

/** Level M: stays readable with a fold through it (ISO/IEC 18004). The quiet zone is four modules wide, as the standard asks. */
function qrOf(address: string): string {
  return renderSVG(address, { ecc: 'M', border: 4 }).replace(
    '<svg ',
    `<svg width="${QR_SIZE}" height="${QR_SIZE}" aria-hidden="true" `,
  );
}
