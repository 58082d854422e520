// Dragging beside 上移 and 下移: what is dropped is sent as one step; without this file the buttons do the same.
const laid = () => {
  const agenda = document.getElementById("agenda");
  const form = document.getElementById("place");
  if (!agenda || !form || agenda.classList.contains("draggable")) return;
  agenda.classList.add("draggable");
  window.Sortable.create(agenda, {
    handle: ".grip",
    draggable: ".agenda-item",
    forceFallback: true,
    fallbackTolerance: 4,
    onEnd: ({ item, oldDraggableIndex, newDraggableIndex }) => {
      if (oldDraggableIndex === newDraggableIndex) return;
      form.querySelector("[name=item]").value = item.dataset.item;
      form.querySelector("[name=position]").value = newDraggableIndex + 1;
      form.submit();
    },
  });
};
laid();
document.addEventListener("htmx:afterSwap", laid);
