"""Small .npy and .npz files in every layout that NumPy writes, for the tests of packages/metrics and packages/datasets.

    pip install numpy
    python tooling/oracles/npz_fixtures.py        (writes packages/metrics/test/npz-fixtures.json and that of packages/datasets)
"""

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
made_by=f'numpy {np.__version__}: tooling/oracles/npz_fixtures.py'
out={
 'made_by': made_by,
 'mu': mu.tolist(),'sigma':sigma.ravel().tolist(),
 'stored': b(mu=mu,sigma=sigma),
 'compressed': c(mu=mu,sigma=sigma),
 'float32_fortran': c(mu=mu.astype('<f4'),sigma=np.asfortranarray(sigma.astype('<f4'))),
 'features': c(feats=x.astype('<f4')),
 'whole_numbers': c(feats=np.arange(6).reshape(2,3)),
}
json.dump(out,open('packages/metrics/test/npz-fixtures.json','w'),indent=1)

# Byte k of image n is 10 n + k; label n is 3 - n.
images=(10*np.arange(4)[:,None,None,None]+np.arange(12).reshape(2,2,3)).astype('u1')
labels=3-np.arange(4)
out={
 'made_by': made_by,
 'npy': {
  'v1': npy(m,(1,0)),'v2':npy(m,(2,0)),'v3':npy(m,(3,0)),
  'fortran':npy(np.asfortranarray(m),None),'big_endian':npy(m.astype('>f8'),None),'float32':npy(m.astype('<f4'),None),
  'cube_fortran':npy(np.asfortranarray(np.arange(24.).reshape(2,3,4)),None),
  'complex':npy(m.astype('c8'),None),
 },
 # -2, -1, 0, 1 in signed types and 0 to 3 in the others.
 'whole_numbers': {t: npy((np.arange(4)-(0 if t[1] in 'ub' else 2)).astype(t),None)
                   for t in ['|u1','|i1','<u2','>i2','<u4','<i4','>i8','<i8','<u8']},
 'booleans': npy(np.array([True,False]),None),
 'images': c(images=images,labels=labels),
 'channels_first': b(x=images.transpose(0,3,1,2),y=labels.astype('u1')),
 'grey': c(arr_0=images[...,0]),
 'vectors': b(data=(np.arange(12).reshape(4,3)/6-1)),
 'masks': b(masks=np.arange(8).reshape(2,2,2)%3==0),
}
json.dump(out,open('packages/datasets/test/npz-fixtures.json','w'),indent=1)
