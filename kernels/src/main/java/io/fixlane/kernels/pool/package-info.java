/**
 * Pooling. In go images of pixels, row by row, or planes that are brought into pixels; rows are
 * combined down and then across, and what comes out is copied, or divided and cast. Begin with
 * {@link io.fixlane.kernels.pool.PoolRows}.
 */
package io.fixlane.kernels.pool;
