/**
 * Pooling. In go images, row by row or plane by plane; rows are combined down and then across, and
 * what comes out is copied, or divided and cast. Begin with
 * {@link io.fixlane.kernels.pool.PoolRows}.
 */
package io.fixlane.kernels.pool;
