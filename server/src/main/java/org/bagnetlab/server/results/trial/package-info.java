/** What the trials of a sweep tried, what became of them, and what they reached. */
package org.bagnetlab.server.results.trial;
