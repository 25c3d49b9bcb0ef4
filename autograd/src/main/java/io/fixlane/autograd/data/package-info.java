/** Labelled images: data sets, their files and their batches. */
package io.fixlane.autograd.data;
