import { z } from 'zod';
import { PORT_NAMES, VANTAGES } from '../../history/facts.ts';
import { VERDICTS } from '../../results/verdict.ts';

/** A key that may be absent, and is never undefined. */
export const optional = z.exactOptional;

/** Text. */
export const text = z.string();

/** How many. */
export const count = z.int().nonnegative();

/** A time that something took, in ms. */
export const ms = z.number().nonnegative();

/** A moment, in microseconds. */
export const us = z.number();

/** What a file had in it. */
export const sha256 = z.string().describe('SHA-256 in hexadecimal');

/** The name of a MOS port. */
export const port = z.enum(PORT_NAMES);

/** How much a requirement weighs. */
export const level = z.enum(['must', 'should', 'may']);

/** The verdict of a test, a requirement or a campaign. */
export const verdict = z.enum(VERDICTS);

/** Where a fact was seen. */
export const vantage = z.enum(VANTAGES);

/** Whether a fact was seen, or follows from others. */
export const evidence = z.enum(['observed', 'inferred']);

/** By what a fact was seen. */
export const means = z.enum(['descriptor', 'tcp_info', 'sock_diag', 'ss', 'proc', 'fd', 'inference']);
