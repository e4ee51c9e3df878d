/** Sweeps: their definitions, and the rule that promotes trials. Only pure functions. */
@NullMarked
package org.bagnetlab.queue.sweep;

import org.jspecify.annotations.NullMarked;
