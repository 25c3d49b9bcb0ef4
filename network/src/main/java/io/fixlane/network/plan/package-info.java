/**
 * From layers to a run: in come records of {@link io.fixlane.network.layer}, each planned for what
 * comes to it; out go words, the trace of every layer, costs and explanations. {@link
 * io.fixlane.network.plan.ChainBuilder} is where to start: it lets a planner put each layer in its
 * place, and {@link io.fixlane.network.plan.Program} runs the chain in as few buffers as do.
 */
package io.fixlane.network.plan;
