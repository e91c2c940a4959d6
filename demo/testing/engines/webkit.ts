/** WebKitGTK as an engine for scenes: its MiniBrowser on a virtual screen, driven through WebDriver. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { parse, string } from "valibot";
import { type Engine, type KeyName, readerSource } from "./engine.ts";
import { eventually } from "./eventually.ts";
import { beginSession, call } from "./webdriver.ts";

/** Timeout in milliseconds of a visitor's action, on a machine that may be busy. */
const patience = 20_000;

const keyCodes: Record<KeyName | "Shift" | "Control", string> = {
  Enter: "\uE007",
  Escape: "\uE00C",
  Tab: "\uE004",
  ArrowDown: "\uE015",
  ArrowUp: "\uE013",
  Shift: "\uE008",
  Control: "\uE009",
};

export async function openWebKit(driverProgram: string): Promise<Engine> {
  const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const display = await firstWords(screen);
  const port = await freePort();
  const driver = spawn(driverProgram, [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      // There is no graphics card, and no accessibility service of a desktop.
      LIBGL_ALWAYS_SOFTWARE: "1",
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      NO_AT_BRIDGE: "1",
    },
  });
  const server = `http://127.0.0.1:${port}`;
  const close = async () => void (await Promise.all([ended(driver), ended(screen)]));
  try {
    await eventually(patience, () => call(`${server}/status`, "GET"));
  } catch (error) {
    await close();
    throw error;
  }

  return {
    async newTab() {
      const session = await beginSession(server, patience);
      return {
        goTo: (address) => session.goTo(address),
        reload: () => session.reload(),
        back: () => session.back(),
        press: (selector) =>
          session.click(
            `document.querySelector("customgpt-widget").shadowRoot.querySelector(${JSON.stringify(selector)})`,
          ),
        type: (words) => session.keys(Array.from(words)),
        key: (name, held) => session.keys([keyCodes[name]], held && [keyCodes[held]]),
        paste: () => session.keys(["v"], [keyCodes.Control]),
        read: async (look) => JSON.parse(parse(string(), await session.evaluate(readerSource(look)))),
        close: () => session.end(),
      };
    },
    close,
  };
}

/** Xvfb picks a free display by itself and writes its number to the third channel. */
function firstWords(screen: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    screen.once("error", reject);
    screen.once("exit", (code) => reject(new Error(`Xvfb ended with ${code}.`)));
    screen.stdio[3]?.once("data", (words: Buffer) => resolve(words.toString("latin1").trim()));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address ? resolve(address.port) : reject(new Error("No port.")),
      );
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill();
  });
}
