"""Everything Slack. What comes in ends in a listener; what goes out comes from a view.

socket, http  the two doors: Slack's payloads over WebSockets, or as signed requests
bolt          the Bolt app that both hand them to
listeners     one file per journey: from a payload to a service and its answer; `desk` is what each is given
payloads      who and what a payload is about; `forms` reads what was typed; `ids` are all the ids in it
views         one file per journey: from values to blocks; `limits` are Slack's sizes, `dates` how it shows instants
web           calls to the Web API; `refusals` says what an error of it means
messenger     the services' port to Slack, over `views` and `web`
background    what follows an answer; `failures` is what a person is told when something fails
"""
