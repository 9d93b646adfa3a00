'use client';
import { useEffect } from 'react';
import { penalty, train } from '../program.mjs';

/** The penalty is rendered by the build, what training says comes from the page. */
export default function Page() {
  useEffect(() => {
    void train().then((points) => (document.title = `penalty ${penalty()}, points ${points}`));
  }, []);
  return <p>penalty {penalty()}</p>;
}
