/** Commands that queue, list, follow and change jobs, and that print their results. */
package org.bagnetlab.server.cli.job;
