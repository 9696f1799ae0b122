import type { z } from 'zod';
import type { exchangeArguments, sendArguments } from './message-schema.ts';
import type { Delivery, MessageSpec } from './model.ts';
import { present } from './present.ts';

type Written = z.output<typeof sendArguments> | z.output<typeof exchangeArguments>;

/** What to say and how it leaves, as the model has it. */
export function makeMessage(written: Written): MessageSpec & Delivery {
  const { message, xml, raw, hex, fields, extra, encoding, form } = written;
  const { split, splits, cut, fin, copies, pad, drip, endless, flood } = written;
  return present({
    message,
    xml,
    raw,
    hex: hex?.replace(/\s+/g, '').toLowerCase(),
    with: written.with && present(written.with),
    fields: fields && { ...fields },
    extra,
    encoding,
    form: form && makeForm(form),
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
