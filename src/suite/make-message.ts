import type { z } from 'zod';
import type { exchangeArguments, sendArguments } from './message-schema.ts';
import { dialectNamed, type Dialect } from './dialects.ts';
import type { Delivery, MessageSpec } from './model.ts';
import { present } from './present.ts';

type Written = z.output<typeof sendArguments> | z.output<typeof exchangeArguments>;

/** What to say and how it leaves, as the model has it. */
export function makeMessage(written: Written): MessageSpec & Delivery {
  const { message, xml, raw, hex, fields, extra, encoding, form } = written;
  const spoken = written.dialect === undefined ? undefined : dialectNamed(written.dialect);
  const { split, splits, cut, fin, copies, pad, drip, endless, flood } = written;
  return present({
    message,
    xml,
    raw,
    hex: hex?.replace(/\s+/g, '').toLowerCase(),
    with: makeEnvelope(written, spoken),
    fields: fields && { ...fields },
    extra,
    encoding,
    form: (form ?? spoken?.form) && { ...present(spoken?.form ?? {}), ...makeForm(form ?? {}) },
    split,
    splits,
    drip: drip && present(drip),
    cut,
    fin,
    endless: endless && present(endless),
    flood,
    copies,
    pad,
  });
}

/** What a dialect leaves out is left out, unless the suite itself says what stands there. */
function makeEnvelope(written: Written, spoken: Dialect | undefined): MessageSpec['with'] {
  const bare = spoken?.envelope?.messageID === false;
  if (written.with === undefined && !bare) return undefined;
  return { ...(bare && { messageID: null }), ...present(written.with ?? {}) };
}

function makeForm(form: NonNullable<Written['form']>): NonNullable<MessageSpec['form']> {
  return present({
    declaration: form.declaration,
    byteOrderMark: form['byte-order-mark'],
    pretty: form.pretty,
    rootAttributes: form['root-attributes'],
    emptyElements: form['empty-elements'],
    references: form.references,
    before: form.before,
    after: form.after,
    envelopeOrder: form['envelope-order'],
    doctype: form.doctype,
  });
}
