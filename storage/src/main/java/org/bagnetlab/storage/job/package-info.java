/** The SQL of jobs, of the history of their states, and of the processes that they run in. */
package org.bagnetlab.storage.job;
