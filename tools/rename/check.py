"""Compare the syntax trees of two commits: identifiers may differ by the map only. usage: check.py OLD NEW MAP"""
import ast, subprocess, sys
old, new, path = sys.argv[1:4]
allowed = {tuple(line.split("#")[0].split()[:2]) for line in open(path) if line.split("#")[0].split()}
def show(commit, name):
    return subprocess.run(["git", "show", f"{commit}:{name}"], capture_output=True, text=True, check=True).stdout
def differ(a, b, where):
    if type(a) is not type(b):
        return [f"{where}: {type(a).__name__} {type(b).__name__}"]
    if isinstance(a, ast.AST):
        return [one for field in a._fields for one in differ(getattr(a, field, None), getattr(b, field, None), f"{where}:{getattr(a, 'lineno', '')}")]
    if isinstance(a, list):
        if len(a) != len(b):
            return [f"{where}: length"]
        return [one for x, y in zip(a, b) for one in differ(x, y, where)]
    if a != b and (a, b) not in allowed:
        return [f"{where}: {a!r} {b!r}"]
    return []
def plain(tree):
    """Imports in one order, as the formatter sorts them by name."""
    tree.body.sort(key=lambda node: 0 if isinstance(node, (ast.Import, ast.ImportFrom)) else 1)
    return tree
names = subprocess.run(["git", "diff", "--name-only", old, new, "--", "*.py"], capture_output=True, text=True, check=True).stdout.split()
wrong = []
for name in names:
    if name.startswith("tools/rename"): continue
    wrong += differ(ast.parse(show(old, name)), ast.parse(show(new, name)), name)
print(len(names), "files", len(wrong), "differences")
print("\n".join(wrong[:40])); sys.exit(bool(wrong))
