/** The worker process: reads one job from stdin, runs it with vision, and reports on stdout. */
package org.bagnetlab.worker;
