/** Sweeps: their definitions, and the rule that promotes trials. Only pure functions. */
package org.bagnetlab.queue.sweep;
