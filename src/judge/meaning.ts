/** What a broken requirement means for a newsroom, by the longest prefix of its ID that stands here. */
const MEANINGS: Readonly<Record<string, string>> = {
  'SOCK-CON-01': 'An NCS that is set up for this port cannot work with the device at all.',
  'SOCK-CON-02': 'An NCS may hold two sockets per port; the second one would wait for the first.',
  'SOCK-CON-03': 'Quiet connections, as every standby NCS keeps them, would keep the device from its work.',
  'SOCK-CON-04': 'The NCS has to dial again before each message that comes after a pause.',
  'SOCK-REL':
    'Each such close leaves CLOSE_WAIT at the device and FIN_WAIT_2 at the NCS; they pile up until MOS stops and an application is restarted in the middle of a show.',
  'SOCK-REL-06': 'An NCS that goes away while the device answers would take the device down with it.',
  'SOCK-REL-07': 'A reset can destroy a reply that is still on its way to the NCS.',
  'SOCK-REL-08': 'Until the device has closed, the NCS keeps half a socket for each connection it gave up.',
  'SOCK-REL-10':
    'After the NCS has reconnected, nobody answers: MOS stays down until the device is restarted.',
  'SOCK-HC':
    'An NCS that has said its last word waits for the device to do the same; a device that does not holds both sockets for ever.',
  'SOCK-HC-02': 'A request that was answered too late to be heard will be sent again.',
  'SOCK-DC': 'The device ends connections itself and does not finish what it began; its own sockets pile up.',
  'SOCK-AB':
    'An NCS that crashes or is switched over resets its connections; the device must be there for the next one.',
  'SOCK-AB-06': 'Every reset costs a descriptor until the process has none left and accepts nobody.',
  'SOCK-RC': 'After a restart or a switch-over the NCS calls again and is not served.',
  'SOCK-RC-05': 'The NCS waits for an answer that went to a connection it no longer reads.',
  'SOCK-CH': 'What goes wrong once in hundreds of connections goes wrong every day in a newsroom.',
  'SOCK-CH-06': 'The device gets slower with every connection it has ever had.',
  'SOCK-ST-04': 'A partner that never ends a message fills the memory of the device.',
  'SOCK-ST': 'One slow or stuck partner keeps all others from being served.',
  'MOS-HB': 'The NCS takes a device without proper heartbeats for dead and stops sending to it.',
  'MOS-MI': 'The NCS cannot know what the device is able to do.',
  'MOS-ENC': 'An NCS that follows the protocol cannot read what the device says.',
  'MOS-FRM': 'What some newsrooms send, the device loses or misreads.',
  'MOS-FRM-01': 'Messages are lost or run into each other, depending on how the network happens to cut them.',
  'MOS-FRM-02': 'Messages are lost or run into each other, depending on how the network happens to cut them.',
  'MOS-FRM-10': 'An NCS that follows the protocol cannot read what the device says.',
  'MOS-FRM-11': 'An NCS that follows the protocol cannot read what the device says.',
  'MOS-FRM-12': 'An NCS that follows the protocol cannot read what the device says.',
  'MOS-ENV-02': 'An NCS that checks messages against the DTD refuses these.',
  'MOS-ENV': 'The NCS cannot tell which device answers, or to which of its requests.',
  'MOS-ACK': 'The NCS waits for an acknowledgement and sends nothing else on that port until it comes.',
  'MOS-CONN': 'The NCS and the device lose each other, though both are running.',
  'MOS-ERR-10':
    'The NCS gets messages that nobody asked for; two such partners answer each other without end.',
  'MOS-ERR': 'One bad message, from anybody, and the device is gone for everybody.',
};

/** One sentence about what a failure of this requirement means, where there is one to say. */
export function meaningOf(requirement: string): string | undefined {
  const prefix = Object.keys(MEANINGS)
    .filter((key) => requirement.startsWith(key))
    .sort((a, b) => b.length - a.length)[0];
  return prefix === undefined ? undefined : MEANINGS[prefix];
}
