/** The SQL of jobs, of the history of their states, and of the processes that they run in. */
@NullMarked
package org.bagnetlab.storage.job;

import org.jspecify.annotations.NullMarked;
