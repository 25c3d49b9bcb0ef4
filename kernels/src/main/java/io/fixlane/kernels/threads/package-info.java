/**
 * How the parts of a run are shared by threads. In go a number of parts, what computes one, and an
 * executor; the caller computes too, waits for all, and gets what the first part that failed has
 * thrown. Begin with {@link io.fixlane.kernels.threads.Tasks}.
 */
package io.fixlane.kernels.threads;
