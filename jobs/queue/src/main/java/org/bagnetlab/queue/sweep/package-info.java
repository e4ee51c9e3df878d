/** Sweeps: what they are asked for by, and which of their trials go on. Pure functions. */
@NullMarked
package org.bagnetlab.queue.sweep;

import org.jspecify.annotations.NullMarked;
