"""Rename identifiers. usage: names.py ROOT MAP
MAP lines: old new [mode] [path,path...]; modes: all attr rec ; default paths = SCOPE"""
import io, sys, tokenize, ast
from pathlib import Path
ROOT=Path(sys.argv[1]); rules=[]
SCOPE=('plugins/','tests/unit/','tests/faults/','tests/conformance/','tests/benchmark/','tests/integration/conftest','tests/integration/counting')
EXCL=('tests/unit/emulator',)
for line in open(sys.argv[2]):
    line=line.split('#')[0].split()
    if len(line)>=2: rules.append((line[0],line[1],line[2] if len(line)>2 else 'all',tuple(line[3].split(',')) if len(line)>3 else SCOPE))
bad=n=0
for base in ('plugins','tests'):
    for p in sorted((ROOT/base).rglob('*.py')):
        if '__pycache__' in str(p) or '/output/' in str(p): continue
        r=str(p.relative_to(ROOT))
        if r.startswith(EXCL) and True: continue
        m={}
        for o,nw,mode,paths in rules:
            if r.startswith(paths): m[o]=(nw,mode)
        src=p.read_text()
        toks=[t for t in tokenize.generate_tokens(io.StringIO(src).readline)]
        sig=[t for t in toks if t.type not in (tokenize.NL,tokenize.COMMENT)]
        names={t.string for t in toks if t.type==tokenize.NAME}
        edits=[]
        def before(i,k): return sig[i-k].string if i>=k else ''
        for i,t in enumerate(sig):
            if t.type==tokenize.NAME and t.string in m:
                nw,mode=m[t.string]; ok=mode=='all'
                nxt=sig[i+1] if i+1<len(sig) else None
                if mode=='attr':
                    ok=before(i,1)=='.' or (before(i,1)=='def' and sig[i+2].string=='self')
                if mode=='kw':
                    ok=before(i,1)=='.' or (nxt is not None and nxt.string=='=' and nxt.start==t.end)
                if mode=='modattr':
                    ok=before(i,1)=='.' and before(i,2) in ('module','oneview_user','local_user') 
                if mode=='rec':
                    ok=before(i,1)=='.' and before(i,2)=='record'
                if ok: edits.append((t.start,t.end,nw))
            elif t.type==tokenize.STRING and t.string[:1] in '"\'' and t.string[1:-1] in m and r.startswith('tests/unit') and m[t.string[1:-1]][1] in ('all','attr') and t.string[1:-1] in ('look_up','jobs_on','submit','accepted'):
                edits.append((t.start,t.end,t.string[0]+m[t.string[1:-1]][0]+t.string[0]))
        for o,(nw,mode) in m.items():
            if mode=='all' and o in names and nw in names and nw not in m:
                print(f'COLLISION {r}: {o} -> {nw}'); bad+=1
        lines=src.split('\n')
        for (l,c),(l2,c2),new in sorted(edits,reverse=True):
            lines[l-1]=lines[l-1][:c]+new+lines[l-1][c2:]
        out='\n'.join(lines)
        if out!=src: n+=1; p.write_text(out); ast.parse(out)
print(n,'files',bad,'collisions')
