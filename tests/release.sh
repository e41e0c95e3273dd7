#!/usr/bin/env bash
# Builds the sdist and the wheel, and tries the wheel in an empty environment outside the checkout.
#
#   bash tests/release.sh [FOLDER [TAG]]
#
# FOLDER  where the distributions go (default: dist)
# TAG     the tag that is released; it must be `v` and the version, and the changelog must have a heading for it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
checkout=$(pwd -P)
folder=${1:-dist}
tag=${2:-}
python=${PYTHON:-python3}
unset PYTHONPATH PYTHONHOME

version=$("$python" -c 'import runpy; print(runpy.run_path("scorer/version.py")["__version__"])')
if [ -n "$tag" ]; then
    if [ "$tag" != "v$version" ]; then
        echo "error: the tag is $tag, and the version is $version" >&2
        echo "tip: set scorer/version.py to ${tag#v}, or tag v$version" >&2
        exit 1
    fi
    if ! grep -q "^## $version\b" CHANGELOG.md; then
        echo "error: CHANGELOG.md has no heading for $version" >&2
        echo "tip: give what stands under Unreleased the heading \"## $version\" and a date" >&2
        exit 1
    fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
quiet=(--quiet --disable-pip-version-check)

"$python" -m venv "$work/build"
"$work/build/bin/python" -m pip install "${quiet[@]}" 'build>=1.2,<2' 'twine>=6,<8'
rm -f "$folder"/toolmark-*.whl "$folder"/toolmark-*.tar.gz
# The wheel is built from the sdist, so that the sdist is known to be whole.
"$work/build/bin/python" -m build --outdir "$folder" . > "$work/build.log" || { cat "$work/build.log" >&2; exit 1; }
"$work/build/bin/python" -m twine check --strict "$folder"/toolmark-"$version"*

"$python" -m venv "$work/use"
"$work/use/bin/python" -m pip install "${quiet[@]}" "$folder"/toolmark-"$version"-py3-none-any.whl
cp "$checkout/tests/fixtures/servers/bookshop.json" "$work/bookshop.json"
cd "$work"
toolmark=$work/use/bin/toolmark
[ "$("$toolmark" --version)" = "toolmark $version" ]
"$toolmark" score bookshop.json --quiet --json report.json --html card.html > /dev/null
"$toolmark" render report.json > /dev/null
"$toolmark" explain > /dev/null
grep -qi '<!doctype html' card.html
echo "toolmark $version: built, installed and used outside the checkout"
