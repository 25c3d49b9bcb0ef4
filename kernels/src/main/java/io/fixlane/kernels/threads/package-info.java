/** How the parts of a run are shared by threads. */
package io.fixlane.kernels.threads;
