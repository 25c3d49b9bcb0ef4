/**
 * The trainer. In go a network, data, an optimizer and a plan, or the checkpoint of a training that
 * was ended; out come a trained network, checkpoints, and what listeners are told of each epoch.
 * Begin with {@link io.fixlane.autograd.train.Trainer}.
 */
package io.fixlane.autograd.train;
