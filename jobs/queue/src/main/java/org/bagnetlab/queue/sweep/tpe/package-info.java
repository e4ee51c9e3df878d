/** The tree-structured Parzen estimator, which proposes what to try next. Only pure functions. */
package org.bagnetlab.queue.sweep.tpe;
