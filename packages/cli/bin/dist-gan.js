#!/usr/bin/env node
// What package managers link to. It is there before a build is, so that a link made in a new clone leads to the program once it is built.
import '../dist/bin.js';
