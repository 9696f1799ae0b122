import type { Behaviour, DeviceView } from './behaviour.ts';
import type { Connection } from './connection.ts';

/**
 * Keeps the descriptors of connections that ended in this way, until the device stops.
 * @param isMeant which of them; all where absent
 */
export function keepsDescriptors(
  device: Pick<DeviceView, 'onStop'>,
  when: 'reset' | 'end',
  isMeant: (connection: Connection) => boolean = () => true,
): Required<Pick<Behaviour, 'admit'>> {
  return {
    admit(connection, next) {
      const release = connection.socket?.keepDescriptor(when, () => isMeant(connection));
      if (release) device.onStop(release);
      next();
    },
  };
}
