import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A door before a server: who knocks waits until it is opened. */
interface Gate {
  readonly url: string;
  open(): void;
  close(): Promise<void>;
}

/**
 * A gate on a free port of this machine before `target` (http://127.0.0.1:PORT). Connections
 * are passed through as they are once it is open.
 */
export async function createGate(target: string): Promise<Gate> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    // An error on one side closes that side, and with it the other; there is no more to say.
    socket.on('error', () => socket.destroy());
    return socket.on('close', () => sockets.delete(socket));
  };
  const server = createServer(async (client) => {
    keep(client);
    await opened;
    const upstream = keep(connect(Number(port), hostname));
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
