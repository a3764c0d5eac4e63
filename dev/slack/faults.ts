/** Misbehaviour on purpose: which fault hits the next call of a method. */
import type { Fault } from './client-api.ts';

/** What a caller meets when the connection fails; the Node server then destroys its socket. */
export class ConnectionDropped extends Error {}

export class FaultBox {
  #faults: Fault[] = [];

  /** The faults in force. */
  get faults(): Fault[] {
    return structuredClone(this.#faults);
  }

  set faults(faults: Fault[]) {
    this.#faults = structuredClone(faults);
  }

  /** The fault that hits this call, counted down; a fault that names the method goes before `*`. */
  take(method: string): Fault | undefined {
    return this.takeOwn(method) ?? this.takeOwn('*');
  }

  /** The same, of faults that name the method. */
  takeOwn(method: string): Fault | undefined {
    const fault = this.#faults.find((one) => one.method === method);
    if (fault?.times !== undefined) {
      fault.times -= 1;
      if (fault.times <= 0) this.#faults = this.#faults.filter((one) => one !== fault);
    }
    return fault;
  }
}
