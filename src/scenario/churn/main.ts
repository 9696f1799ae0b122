/** The entry of the thread in which churns run, one after the other. */
import { parentPort } from 'node:worker_threads';
import type { Message, Order } from './order.ts';
import { serve } from './serve.ts';

parentPort?.on('message', (order: Order) => {
  void serve(order, (message: Message) => parentPort?.postMessage(message));
});
