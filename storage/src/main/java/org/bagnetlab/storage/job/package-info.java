/** SQL statements for jobs, their state history, and the processes that they run in. */
package org.bagnetlab.storage.job;
