"""A device that shares no code with the harness: answers each heartbeat with the same bytes, in a manner of its own.

Usage: device.py ADDRESS MANNER [NUMBER]; prints its port and ends with its standard input.
"""

import os
import socket
import struct
import sys
import threading
import time

END = "</mos>".encode("utf-16-be")
address, manner = sys.argv[1:3]
number = int(sys.argv[3]) if len(sys.argv) > 3 else 0

lock = threading.Lock()
accepted = 0
now_open = 0
# An answer that waits for the connection of another request, and that connection.
swapped = []


def message(connection):
    read = b""
    while END not in read:
        more = connection.recv(65536)
        if not more:
            return None
        read += more
    return read


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def answer(connection, nth, request):
    if manner == "replies late":
        time.sleep(number / 1000)
    if manner == "swaps" and nth > 100:
        with lock:
            swapped.append((connection, request))
            if len(swapped) < 2:
                return
            (one, first), (other, second) = swapped
            swapped.clear()
        one.sendall(second)
        other.sendall(first)
        return
    if manner == "cuts" and nth % number == 0:
        request = request[: len(request) // 2]
    if manner == "in pieces":
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in (request[:5], request[5:-3], request[-3:] + "\r\n".encode("utf-16-be")):
            connection.sendall(piece)
            time.sleep(number / 1000)
        return
    connection.sendall(request)


def serve(connection, nth):
    global now_open
    try:
        if manner == "refuses beyond" and now_open > number:
            return reset(connection)
        request = message(connection)
        if request is None:
            return connection.close()
        if manner == "resets" and nth % number == 0:
            return reset(connection)
        answer(connection, nth, request)
        while connection.recv(65536):
            pass
        if manner == "never closes" and nth % number == 0:
            return kept.append(connection)
        connection.close()
    except OSError:
        connection.close()
    finally:
        with lock:
            now_open -= 1


kept = []
listener = socket.socket()
listener.bind((address, 0))
listener.listen(128)
print(listener.getsockname()[1], flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
while True:
    connection, _ = listener.accept()
    accepted += 1
    with lock:
        now_open += 1
    threading.Thread(target=serve, args=(connection, accepted), daemon=True).start()
    if manner == "stops listening" and accepted == number:
        listener.close()
        while True:
            time.sleep(1)
