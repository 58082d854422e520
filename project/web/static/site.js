// Everything works without this file: it only moves the focus to what has just appeared.
document.addEventListener("htmx:afterSwap", (event) => {
  const said = event.target.querySelector("[data-focus]");
  if (said) said.focus();
});
document.querySelector(".reasons")?.focus();
// A page that the browser kept and shows again may be used again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[data-once] button")) button.removeAttribute("aria-disabled");
});
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", () => {
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  });
}
// A change line shows the fields that its sort uses; the page itself does the same when it is loaded anew.
function fitLine(line) {
  const op = line.querySelector("select[name$='-op']").value;
  for (const place of line.querySelectorAll("[data-ops]")) place.hidden = !place.dataset.ops.split(" ").includes(op);
  line.querySelector("input[name$='-row']").setAttribute("list", `rows-${op}`);
}
for (const line of document.querySelectorAll("fieldset[data-line]")) {
  fitLine(line);
  line.querySelector("select[name$='-op']").addEventListener("change", () => fitLine(line));
}
// Nought for a line is nought for what leans on it; what was typed there already stays.
addEventListener("input", ({ target }) => {
  if (!target.dataset.number || target.value !== "0") return;
  for (const one of target.form.querySelectorAll(`[data-leans~="${target.dataset.number}"]`)) {
    if (one.value !== "") continue;
    one.value = "0";
    one.dispatchEvent(new Event("input", { bubbles: true }));
  }
});
