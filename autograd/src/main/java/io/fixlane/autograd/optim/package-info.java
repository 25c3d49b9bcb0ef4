/** Optimizers, groups of the parameters they change, and schedules of their learning rate. */
package io.fixlane.autograd.optim;
