/** The trainer, its checkpoints, and what it reports. */
package io.fixlane.autograd.train;
