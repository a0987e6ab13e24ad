import { Device, FakeHandler, testFakeParameters, type types } from "mediasoup-client";

/** What mediasoup-client needs of a track that is sent. */
class FakeTrack extends EventTarget {
  readonly id = crypto.randomUUID();
  readonly kind: types.MediaKind;
  readonly readyState = "live";
  enabled = true;
  contentHint = "";

  constructor(kind: types.MediaKind) {
    super();
    this.kind = kind;
  }
}

export const fakeTrack = (kind: types.MediaKind): MediaStreamTrack =>
  new FakeTrack(kind) as unknown as MediaStreamTrack;

/** Devices of mediasoup-client without WebRTC below: the test says what the transports' state is. */
export const createFakeSenders = () => {
  const handlers: FakeHandler[] = [];
  const { factory, ...rest } = FakeHandler.createFactory(testFakeParameters);
  const handlerFactory: types.HandlerFactory = {
    ...rest,
    factory: (options) => {
      const handler = factory(options);
      if (handler instanceof FakeHandler) handlers.push(handler);
      return handler;
    },
  };
  return {
    createDevice: () => new Device({ handlerFactory }),
    /** Of the newest transport. */
    setConnectionState: (state: types.ConnectionState): void =>
      handlers.at(-1)?.setConnectionState(state),
  };
};
