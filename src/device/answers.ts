import { isAnswerTo, mayRefuse } from '../wire/answers.ts';
import type { DecodedMessage, MosElement, OutgoingMessage } from '../wire/types.ts';
import { UNREADABLE } from '../wire/decode.ts';
import { heartbeat, roAck } from '../wire/messages.ts';
import { childText } from '../wire/xml.ts';
import type { Connection } from './connection.ts';
import type { Host } from './host.ts';
import { isAnswer } from './known.ts';
import { machineInformation } from './machine-info.ts';
import { answerReqAll, answerReqObj } from './profile-1.ts';
import { refusal } from './refusal.ts';

/**
 * The correct answer to a message that is no answer to a request of our own, or undefined where none is owed:
 * to another answer, and to what cannot be read.
 */
export function answerTo(
  request: DecodedMessage,
  connection: Connection,
  device: Host,
): OutgoingMessage | undefined {
  if (request.name === UNREADABLE || !request.body || isAnswer(request.name)) return undefined;
  const { mosId, ncsIds } = device.settings;
  const known = ncsIds.find((id) => id === request.ncsID);
  const body =
    request.mosID !== mosId || known === undefined
      ? refusal(`this device is ${mosId} and serves ${ncsIds.join(', ')}`)
      : answerBody(request.name, request.body, connection, device);
  const answer: OutgoingMessage = { mosID: mosId, ncsID: known ?? ncsIds[0] ?? '', body };
  if (request.messageID !== undefined) answer.messageID = request.messageID;
  return answer;
}

function answerBody(name: string, body: MosElement, connection: Connection, device: Host): MosElement {
  switch (name) {
    case 'heartbeat':
      return heartbeat();
    case 'reqMachInfo':
      return machineInformation(device.settings);
    case 'mosReqObj':
      return connection.port === 'lower'
        ? answerReqObj(body)
        : refusal('mosReqObj belongs on the lower port');
    case 'mosReqAll':
      return connection.port === 'lower'
        ? answerReqAll(body, device)
        : refusal('mosReqAll belongs on the lower port');
    default:
      return unsupported(name, body);
  }
}

/** What is not supported is refused by the acknowledgement of its family (MOS 2.8.5 section 2.3). */
function unsupported(name: string, body: MosElement): MosElement {
  const reason = `${name} is not supported`.slice(0, 128);
  const roID = childText(body, 'roID');
  const isOfRunningOrders = isAnswerTo(name, 'roAck') === 'answer' || mayRefuse(name, 'roAck');
  if (isOfRunningOrders || (name.startsWith('ro') && roID !== undefined)) return roAck(roID ?? '0', reason);
  return refusal(reason);
}
