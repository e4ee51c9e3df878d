/** When jobs run, and which running jobs are reported or stopped. */
package org.bagnetlab.queue.rule;
