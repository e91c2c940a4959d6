/** How the chat fetches its lazy files, written by the build into the chat's own file. */

/** @typedef {[path: string, name: string, needs?: Need[]]} Need a file, a name that it exports, and what it needs */

/** @type {Record<string, Promise<object> | undefined>} What came, or is on its way: the same for all who share it. */
const files = {};
/** @type {Record<string, number>} */
const tries = {};
/** Why files were given up. One that fails for want of another is not asked for again on its own account. */
const lost = new Set();

/**
 * A file counts as there with what it exports only: one whose connection ended after the head is an empty module, and
 * resolves. It is asked for four times in four seconds, and again where nothing comes for fifteen; what comes first
 * counts. Each try has an address of its own in its query, since engines keep what failed under the old one, and two of
 * them never fetch it again.
 *
 * @param {string} file
 * @param {string} name
 * @param {Need[]} needs are fetched side by side with it
 * @returns {Promise<object>}
 */
export function $bring(file, name, needs = []) {
  needs.forEach((need) => void $bring(...need).catch(() => {}));
  return (files[file] ??= new Promise((done, fail) => {
    // None once it is there.
    let left = 4;
    async function go() {
      if (!left) return;
      const { search } = new URL(import.meta.url);
      const again = (tries[file] = (tries[file] ?? -1) + 1);
      let isOver = false;
      const end = (/** @type {unknown} */ error) => {
        if (isOver || !left) return;
        isOver = true;
        if (--left && !lost.has(error)) return void setTimeout(() => void go(), 8100 / 3 ** left);
        lost.add(error);
        delete files[file];
        fail(error);
      };
      setTimeout(end, 15_000, new Error(file));
      try {
        const came = await import(file + search + (again ? `${search ? "&" : "?"}again=${again}` : ""));
        if (!(name in came)) throw new Error(file);
        left = 0;
        done(came);
      } catch (error) {
        end(error);
      }
    }
    void go();
  }));
}
