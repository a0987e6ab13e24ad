import { EventEmitter } from "node:events";
import { members, type StandInType } from "./members.ts";

/** What engines, promises, loggers and assertion libraries ask of any object. */
const askedOfAnyObject = new Set([
  "then",
  "toJSON",
  "inspect",
  "nodeType",
  "tagName",
  "asymmetricMatch",
  "$$typeof",
  "domain",
]);

export function notInTheStandIn(member: string): Error {
  return new Error(`${member} is not in the stand-in`);
}

function guardPrototype(type: string, behind: object): object {
  return new Proxy(behind, {
    get(target, key, receiver): unknown {
      if (typeof key === "symbol" || key in target) return Reflect.get(target, key, receiver);
      if (askedOfAnyObject.has(key) || key.startsWith("_")) return undefined;
      throw notInTheStandIn(`${type}.${key}`);
    },
  });
}

/**
 * The base of one type of the stand-in: an event emitter on which a member or an event that
 * is not in `members.ts` throws "<member> is not in the stand-in".
 */
export function guardedEmitter(type: StandInType): typeof EventEmitter {
  const events: readonly string[] = members[type].events;
  class Guarded extends EventEmitter {
    override on(event: string, listener: (...values: never[]) => void): this {
      if (!events.includes(event)) throw notInTheStandIn(`event "${event}" of ${type}`);
      return super.on(event, listener as (...values: unknown[]) => void);
    }

    override addListener(event: string, listener: (...values: never[]) => void): this {
      return this.on(event, listener);
    }
  }
  Object.setPrototypeOf(Guarded.prototype, guardPrototype(type, EventEmitter.prototype));
  return Guarded as unknown as typeof EventEmitter;
}

/** Throws for options that are not listed. */
export function onlyListed<T extends object>(type: StandInType, options: T): T {
  const listed: readonly string[] = members[type].members;
  for (const name of Object.keys(options)) {
    if (!listed.includes(name)) throw notInTheStandIn(`${type}.${name}`);
  }
  return options;
}

/** An object without events, guarded in the same way. */
export function guardedObject<T extends object>(type: string, own: T): T {
  return Object.setPrototypeOf(own, guardPrototype(type, Object.prototype)) as T;
}

/** An object whose whole use is listening to IPC channels of any name. */
export function guardedChannels(type: StandInType): typeof EventEmitter {
  class Guarded extends EventEmitter {}
  Object.setPrototypeOf(Guarded.prototype, guardPrototype(type, EventEmitter.prototype));
  return Guarded as unknown as typeof EventEmitter;
}

/** The event object of https://www.electronjs.org/docs/latest/api/structures/event-object: can be prevented. */
export function preventable<T extends object>(details: T) {
  let prevented = false;
  return Object.assign(
    {
      preventDefault: (): void => {
        prevented = true;
      },
      get defaultPrevented(): boolean {
        return prevented;
      },
    },
    details,
  );
}
