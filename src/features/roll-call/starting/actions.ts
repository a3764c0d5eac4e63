/** Buttons and forms by which roll-calls begin. */
export const START_ACTIONS = {
  /** Value: `drill` or `actual`. */
  form: 'roll-call.start',
  /** The red button of a real one. */
  confirm: 'roll-call.confirm',
  change: 'roll-call.reschedule',
  cancel: 'roll-call.cancel',
} as const;

export const START_FORM = 'roll-call.start.form';
export const CONFIRM_FORM = 'roll-call.start.confirm';
export const CHANGE_FORM = 'roll-call.reschedule.form';
export const CANCEL_FORM = 'roll-call.cancel.form';
