/**
 * How parameters change. In go groups of parameters with their gradients, and a schedule of the
 * learning rate; out come the parameters of the next step, in place, and what a checkpoint keeps of
 * the optimizer. Begin with {@link io.fixlane.autograd.optim.Optimizer}.
 */
package io.fixlane.autograd.optim;
