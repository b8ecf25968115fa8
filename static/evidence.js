// Evidence: a chosen picture is drawn anew here, covered where its writer says, and only the
// drawing is sent. Without this script the server draws it, and covers by corner fields.
const LONGEST = 1600;
let picture, context, busy;
let boxes = [];
let turn = 0;

const part = (selector) => document.querySelector(`#image ${selector}`);

// Some browsers give no pixels back, against fingerprinting: then the server must draw.
function readable() {
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#123456";
  pen.fillRect(0, 0, 9, 9);
  return String(pen.getImageData(4, 4, 1, 1).data) === "18,52,86,255";
}

// Rectangles are left, top, right, bottom in per cent.
function typed() {
  return [1, 2, 3, 4]
    .map((n) => ["left", "top", "right", "bottom"].map((c) => part(`[name=${c}${n}]`).value))
    .filter((box) => box.every((side) => side.trim()))
    .map((box) => box.map((side) => parseFloat(side.replace(",", "."))));
}

function draw(more = []) {
  const { width, height } = context.canvas;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  context.fillStyle = "#000";
  for (const [l, t, r, b] of [...boxes, ...typed(), ...more]) {
    const x = Math.floor((Math.min(l, r) / 100) * width);
    const y = Math.floor((Math.min(t, b) / 100) * height);
    const far = Math.ceil((Math.max(l, r) / 100) * width);
    context.fillRect(x, y, far - x, Math.ceil((Math.max(t, b) / 100) * height) - y);
  }
}

// Until the new drawing is ready the field is empty: an older one must not be sent.
function settle() {
  const input = part("input[type=file]");
  const mine = ++turn;
  draw();
  input.value = "";
  busy = new Promise((done) => {
    context.canvas.toBlob(
      (blob) => {
        if (mine === turn) {
          const held = new DataTransfer();
          held.items.add(new File([blob], "picture", { type: blob.type }));
          input.files = held.files;
          busy = null;
        }
        done(busy);
      },
      "image/webp",
      0.9,
    );
  });
}

async function take(input) {
  const file = input.files[0];
  const editor = part("[data-canvas]");
  editor.hidden = true;
  part("[data-unreadable]").hidden = true;
  if (!file || !readable()) return;
  input.value = "";
  boxes = [];
  busy = createImageBitmap(file);
  try {
    picture = await busy;
  } catch {
    busy = null;
    part("[data-unreadable]").hidden = false;
    return;
  }
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = part("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  context = canvas.getContext("2d");
  editor.hidden = false;
  settle();
}

document.addEventListener("change", (event) => {
  if (event.target.matches("#image input[type=file]")) take(event.target);
});
document.addEventListener("input", (event) => {
  if (event.target.matches("#image [data-canvas] input")) settle();
});

let start;
function at(event) {
  const seen = part("canvas").getBoundingClientRect();
  const cut = (share) => Math.max(0, Math.min(100, share * 100));
  return [
    cut((event.clientX - seen.left) / seen.width),
    cut((event.clientY - seen.top) / seen.height),
  ];
}
document.addEventListener("pointerdown", (event) => {
  if (!event.target.matches("#image canvas")) return;
  event.target.setPointerCapture(event.pointerId);
  start = at(event);
});
document.addEventListener("pointermove", (event) => {
  if (start) draw([[...start, ...at(event)]]);
});
document.addEventListener("pointerup", (event) => {
  if (!start) return;
  boxes.push([...start, ...at(event)]);
  start = null;
  settle();
});
document.addEventListener("pointercancel", () => {
  start = null;
});

// Sending waits for the drawing; and a picture is looked at once more before it is posted.
function hold(event) {
  const button = event.type === "submit" ? event.submitter : event.target.closest("button");
  if (!button?.form?.querySelector("#image")) return;
  if (event.type === "click" && button.hasAttribute("data-undo")) {
    boxes.pop();
    settle();
  } else if (button.type !== "submit") return;
  else if (busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    busy.then(() => button.click(), () => {});
  } else if (event.type === "submit" && part("input[type=file]")?.files.length) {
    if (button.name === "image_do") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    part("[value=take]").click();
  }
}
document.addEventListener("click", hold, true);
document.addEventListener("submit", hold, true);
