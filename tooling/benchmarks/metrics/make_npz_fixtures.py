import numpy as np, io, zipfile, base64, json
rng=np.random.RandomState(3)
x=rng.randn(20,3)
mu=x.mean(0); sigma=np.cov(x,rowvar=False)
def b(**k):
    f=io.BytesIO(); k.pop('c',None); np.savez(f,**k); return base64.b64encode(f.getvalue()).decode()
def c(**k):
    f=io.BytesIO(); np.savez_compressed(f,**k); return base64.b64encode(f.getvalue()).decode()
def npy(a,version):
    f=io.BytesIO(); np.lib.format.write_array(f,a,version=version); return base64.b64encode(f.getvalue()).decode()
m=np.arange(6).reshape(2,3)/4
out={
 'made_by': f'numpy {np.__version__}: tooling/benchmarks/metrics/make_npz_fixtures.py',
 'mu': mu.tolist(),'sigma':sigma.ravel().tolist(),
 'stored': b(mu=mu,sigma=sigma),
 'compressed': c(mu=mu,sigma=sigma),
 'float32_fortran': c(mu=mu.astype('<f4'),sigma=np.asfortranarray(sigma.astype('<f4'))),
 'features': c(feats=x.astype('<f4')),
 'npy': {
  'v1': npy(m,(1,0)),'v2':npy(m,(2,0)),'v3':npy(m,(3,0)),
  'fortran':npy(np.asfortranarray(m),None),'big_endian':npy(m.astype('>f8'),None),'float32':npy(m.astype('<f4'),None),
  'cube_fortran':npy(np.asfortranarray(np.arange(24.).reshape(2,3,4)),None),
  'int64':npy(np.arange(3),None),
 },
}
json.dump(out,open('packages/metrics/test/npz-fixtures.json','w'),indent=1)
