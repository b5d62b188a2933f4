// Shows the live parts of a page anew whenever the server hints that something has happened. Without
// this script, the page has a link that loads it again.
"use strict";
(() => {
  const parts = [...document.querySelectorAll("[data-live]")];
  if (parts.length === 0) return;
  const often = parts.some((part) => part.dataset.live === "often");
  // Not `href`: it may have a name and a password in it, which `fetch` refuses.
  const here = location.origin + location.pathname + location.search;
  let source = null;
  let busy = false;
  let again = false;

  const show = async () => {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const answer = await fetch(here);
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        for (const old of document.querySelectorAll("[data-live]")) {
          const fresh = page.getElementById(old.id);
          // Nobody loses the place where they are.
          const used = old.contains(document.activeElement);
          if (fresh && !used && fresh.innerHTML !== old.innerHTML) old.replaceWith(fresh);
        }
      }
    } catch {
      // The server is away; the next hint comes when it is back.
    }
    busy = false;
    if (again) {
      again = false;
      show();
    }
  };

  // A browser has few connections for each server, so a page that nobody sees keeps none.
  const look = () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      source = new EventSource(location.origin + (often ? "/live?often" : "/live"));
      source.onmessage = show;
      source.onopen = show;
    }
  };
  document.addEventListener("visibilitychange", look);
  look();
})();
